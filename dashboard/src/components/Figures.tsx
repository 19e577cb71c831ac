/** Figures: money, per cent and plain numbers, with sign and colour where they are gains. */
import type { Decimal } from "../format/money";
import { numberOf, percent, plain, signedPercent, signedUsd, usd } from "../format/money";
import { classes } from "./classes";
import { Flash } from "./Flash";

interface FigureProps {
  value: Decimal;
  /** A gain or a loss: shown with its sign and colour. */
  signed?: boolean;
  /** Flashes when it changes. */
  live?: boolean;
  decimals?: number;
}

/** The class of a gain or of a loss; none for nothing. */
export function toneOf(value: Decimal): "gain" | "loss" | "" {
  const number = numberOf(value);
  if (number === null || number === 0) return "";
  return number > 0 ? "gain" : "loss";
}

function Figure({ text, value, signed, live }: FigureProps & { text: string }) {
  const name = classes("figure", signed && toneOf(value));
  if (!live) return <span class={name}>{text}</span>;
  return <Flash class={name} value={numberOf(value)} text={text} />;
}

export function Money(props: FigureProps) {
  const text = props.signed ? signedUsd(props.value) : usd(props.value);
  return <Figure {...props} text={text} />;
}

export function Percent(props: FigureProps) {
  const write = props.signed ? signedPercent : percent;
  return <Figure {...props} text={write(props.value, props.decimals)} />;
}

export function Plain(props: FigureProps) {
  // Decimals that are asked for are all shown, so that they stand below each other.
  return <Figure {...props} text={plain(props.value, props.decimals, props.decimals)} />;
}
