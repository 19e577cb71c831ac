/** The difference over time as lines of a chart. */
import type { ChartLine } from "../../chart/kinds";
import type { Difference } from "./kinds";

export type CoursePoint = Difference["sequential"]["course"][number];

/** In per cent of the premium: the difference, and the band that holds at all times together. */
export function courseLines(course: readonly CoursePoint[]): ChartLine[] {
  const points = (of: (point: CoursePoint) => number) =>
    course.map((point) => ({ at: point.day, value: of(point) * 100 }));
  return [
    { name: "B less A", colour: "engine-b", points: points((point) => point.difference) },
    { name: "Always-valid band", colour: "engine-b", isDashed: true, isThin: true, points: points((point) => point.interval.high) },
    { name: "", colour: "engine-b", isDashed: true, isThin: true, points: points((point) => point.interval.low) },
  ];
}
