/** The head of a page: its name, and the answer to its question in one line. */
import type { ComponentChildren } from "preact";

interface PageHeadProps {
  title: ComponentChildren;
  /** The answer to the page's question. */
  answer?: ComponentChildren;
  children?: ComponentChildren;
}

export function PageHead({ title, answer, children }: PageHeadProps) {
  return (
    <header class="page-head">
      <div>
        <h1 tabIndex={-1}>{title}</h1>
        {answer && <p class="page-answer">{answer}</p>}
      </div>
      {children && <div class="page-aside">{children}</div>}
    </header>
  );
}
