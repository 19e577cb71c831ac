/** What an alert wants: entry long, exit, reverse short. */

interface SideProps {
  intent: string;
  direction?: string | null | undefined;
}

export function sideWords({ intent, direction }: SideProps): string {
  return direction ? `${intent} ${direction}` : intent;
}

export function Side(of: SideProps) {
  const arrow = of.direction === "long" ? "▲ " : of.direction === "short" ? "▼ " : "■ ";
  const tone = of.direction === "long" ? "gain" : of.direction === "short" ? "loss" : "muted";
  return (
    <span class="side">
      <span class={tone} aria-hidden="true">{arrow}</span>
      {sideWords(of)}
    </span>
  );
}
