/** A number that flashes briefly when it changes. */
import { useEffect, useRef, useState } from "preact/hooks";
import { classes } from "./classes";

interface FlashProps {
  value: number | null;
  text: string;
  class?: string;
}

export function Flash({ value, text, class: name }: FlashProps) {
  const before = useRef(value);
  const [change, setChange] = useState({ turn: 0, way: "" });
  useEffect(() => {
    const last = before.current;
    before.current = value;
    if (last === value || last === null || value === null) return;
    setChange(({ turn }) => ({ turn: turn + 1, way: value > last ? "flash-up" : "flash-down" }));
  }, [value]);
  return (
    <span key={change.turn} class={classes(name, change.way)}>
      {text}
    </span>
  );
}
