/** A whole number by slider or by key. */
import { useId } from "preact/hooks";
import { wholeWithin } from "./revote";

interface DialProps {
  label: string;
  value: number;
  least: number;
  most: number;
  /** How far the slider reaches; more can be typed. */
  reach?: number;
  /** What is in force. */
  now?: number;
  onChange: (value: number) => void;
}

export function Dial({ label, value, least, most, reach = most, now, onChange }: DialProps) {
  const id = useId();
  const isOther = now !== undefined && now !== value;
  const change = (text: string) => {
    const next = wholeWithin(text, least, most);
    if (next !== null) onChange(next);
  };
  return (
    <div class="dial">
      <label for={id}>
        {label}
        {isOther && <span class="warn"> was {now}</span>}
      </label>
      <input
        type="range"
        aria-label={`${label}, slider`}
        min={least}
        max={reach}
        value={Math.min(value, reach)}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <input
        id={id}
        type="number"
        class="input"
        min={least}
        max={most}
        step={1}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}
