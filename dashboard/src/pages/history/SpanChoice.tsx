/** Which days the page shows. */
import { useState } from "preact/hooks";
import { Tabs } from "../../components/Tabs";
import { goTo, usePlace } from "../../routes/location";
import { type Span, SPANS, spanProblem, USUAL_DAYS } from "./span";

const TABS = [
  ...SPANS.map((days) => ({ value: String(days), title: `${days} days` })),
  { value: "own", title: "Own dates" },
];

interface SpanChoiceProps {
  isOwn: boolean;
  span: Span;
  today: string;
}

export function SpanChoice({ isOwn, span, today }: SpanChoiceProps) {
  return (
    <>
      <Tabs label="Which days" name="days" fallback={USUAL_DAYS} tabs={TABS} />
      {isOwn && <OwnDates span={span} today={today} />}
    </>
  );
}

function OwnDates({ span, today }: Omit<SpanChoiceProps, "isOwn">) {
  const { path, search } = usePlace();
  const [from, setFrom] = useState(span.from);
  const [to, setTo] = useState(span.to ?? today);
  const problem = spanProblem(from, to);
  const show = (event: Event) => {
    event.preventDefault();
    const query = new URLSearchParams(search);
    query.set("from", from);
    query.set("to", to);
    goTo(`${path}?${query}`, { replace: true });
  };
  return (
    <form class="own-dates" onSubmit={show}>
      <label>From <input type="date" class="input" value={from} max={today} onInput={(event) => setFrom(event.currentTarget.value)} /></label>
      <label>To <input type="date" class="input" value={to} max={today} onInput={(event) => setTo(event.currentTarget.value)} /></label>
      <button type="submit" class="button" disabled={problem !== null}>Show</button>
      {problem && <span class="field-problem" role="alert">{problem}</span>}
    </form>
  );
}
