/** Calls above and puts below, strike by strike, with what matters marked. */
import { plain } from "../../format/money";
import { compactUsd } from "./compact";
import type { Mark } from "./marks";
import { acrossOf, type Scale, scaleOf, ticksOf } from "./scale";
import type { StrikeLine } from "./strikes";

const NAME_HEIGHT = 16;
const BARS_HEIGHT = 240;
const AXIS_HEIGHT = 20;
const TICKS = 6;

interface StrikeBarsProps {
  lines: readonly StrikeLine[];
  marks: readonly Mark[];
  summary: string;
}

export function StrikeBars({ lines, marks, summary }: StrikeBarsProps) {
  const scale = scaleOf(lines);
  const top = marks.length * NAME_HEIGHT + 6;
  const height = top + BARS_HEIGHT + AXIS_HEIGHT;
  return (
    <svg class="strikes" width="100%" height={height} role="img" aria-label={summary}>
      <Bars lines={lines} scale={scale} top={top} />
      <line class="strikes-zero" x1="0" x2="100%" y1={top + BARS_HEIGHT / 2} y2={top + BARS_HEIGHT / 2} />
      <Amounts scale={scale} top={top} />
      {marks.map((mark, index) => (
        <Marked key={mark.title} of={mark} row={index} x={acrossOf(mark.price, scale)} bottom={top + BARS_HEIGHT} />
      ))}
      {ticksOf(scale, TICKS).map((price) => (
        <text key={price} class="strikes-tick" x={`${acrossOf(price, scale)}%`} y={height - 5}>{plain(price)}</text>
      ))}
    </svg>
  );
}

function Bars({ lines, scale, top }: { lines: readonly StrikeLine[]; scale: Scale; top: number }) {
  const half = BARS_HEIGHT / 2;
  const length = (amount: number) => (scale.largest > 0 ? (Math.abs(amount) / scale.largest) * half : 0);
  return (
    <>
      {lines.map((line) => {
        const x = `${acrossOf(line.strike, scale) - scale.barWidth / 2}%`;
        const width = `${scale.barWidth}%`;
        return (
          <g key={line.strike}>
            <title>{strikeWords(line)}</title>
            <rect class="strikes-call" x={x} width={width} y={top + half - length(line.call)} height={length(line.call)} />
            <rect class="strikes-put" x={x} width={width} y={top + half} height={length(line.put)} />
          </g>
        );
      })}
    </>
  );
}

function strikeWords({ strike, call, put }: StrikeLine): string {
  return `Strike ${plain(strike)}: calls ${compactUsd(call)}, puts ${compactUsd(put)}`;
}

function Amounts({ scale, top }: { scale: Scale; top: number }) {
  return (
    <>
      <text class="strikes-amount" x="0" y={top + 10}>{compactUsd(scale.largest)}</text>
      <text class="strikes-amount" x="0" y={top + BARS_HEIGHT - 3}>{compactUsd(-scale.largest)}</text>
    </>
  );
}

interface MarkedProps {
  of: Mark;
  row: number;
  /** In per cent of the width. */
  x: number;
  bottom: number;
}

/** From here on, in per cent, a name has no room at its right. */
const NO_ROOM_FROM = 62;

/** Each name has a line of its own, at the right of its mark: no other mark crosses it there. */
function Marked({ of, row, x, bottom }: MarkedProps) {
  const isLeft = x < NO_ROOM_FROM;
  const y = row * NAME_HEIGHT + 12;
  return (
    <g class={`mark mark-${of.kind}`}>
      <line x1={`${x}%`} x2={`${x}%`} y1={y - 10} y2={bottom} />
      <text x={`${x}%`} y={y} dx={isLeft ? 5 : -5} text-anchor={isLeft ? "start" : "end"}>
        {of.title} {plain(of.price)}
      </text>
    </g>
  );
}
