/** What stands where nothing is yet: what it means, and what to do next. */
import type { ComponentChildren } from "preact";

interface EmptyStateProps {
  title: string;
  children?: ComponentChildren;
}

export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <div class="empty-next">{children}</div>}
    </div>
  );
}
