/** A bar of shares side by side; the numbers stand beside it, so it isn't told by colour alone. */

export type ShareTone = "accent" | "gain" | "loss" | "muted" | "faint";

export interface SharePart {
  name: string;
  count: number;
  tone: ShareTone;
}

export interface PlacedPart extends SharePart {
  x: number;
  width: number;
}

/** Where each part stands on a bar that is 100 wide; empty parts are left out. */
export function placed(parts: readonly SharePart[], of?: number): PlacedPart[] {
  const whole = of ?? parts.reduce((sum, { count }) => sum + count, 0);
  if (whole <= 0) return [];
  let x = 0;
  return parts.filter(({ count }) => count > 0).map((part) => {
    const width = Math.min(100 - x, (part.count / whole) * 100);
    const at = { ...part, x, width };
    x += width;
    return at;
  });
}

export function ShareBar({ parts, of }: { parts: readonly SharePart[]; of?: number }) {
  return (
    <svg class="share-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="share-ground" width="100" height="8" />
      {placed(parts, of).map(({ name, tone, x, width }) => (
        <rect key={name} class={`share-${tone}`} x={x} width={width} height="8" />
      ))}
    </svg>
  );
}
