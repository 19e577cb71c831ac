/** Ways to look at a page, as links: each has an address of its own. */
import { hrefWith, usePlace } from "../routes/location";

interface TabsProps {
  label: string;
  /** The query parameter that says which tab is open. */
  name: string;
  fallback: string;
  tabs: readonly { value: string; title: string }[];
}

export function Tabs({ label, name, fallback, tabs }: TabsProps) {
  const at = usePlace();
  const open = new URLSearchParams(at.search).get(name) ?? fallback;
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ value, title }) => (
        <a
          key={value}
          href={hrefWith(at, name, value, fallback)}
          aria-current={value === open ? "page" : undefined}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}
