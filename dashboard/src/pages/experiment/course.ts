/** The difference over time as lines of a chart. */
import type { ChartLine } from "../../chart/kinds";
import { type Report, readingOf } from "./kinds";

export interface CoursePoint {
  day: string;
  difference: number;
  low: number;
  high: number;
  p: number;
}

/** The difference as it stood after each complete day; empty where nothing is compared. */
export function courseOf(report: Report): CoursePoint[] {
  const course = readingOf(report)?.primary.sequential.course ?? [];
  return course.map(({ interval, ...point }) => ({ ...point, ...interval }));
}

/** In per cent of the premium: the difference, and the band that holds at all times together. */
export function courseLines(course: readonly CoursePoint[]): ChartLine[] {
  const points = (of: (point: CoursePoint) => number) =>
    course.map((point) => ({ at: point.day, value: of(point) * 100 }));
  return [
    { name: "B less A", colour: "engine-b", points: points((point) => point.difference) },
    { name: "Always-valid band", colour: "engine-b", isDashed: true, isThin: true, points: points((point) => point.high) },
    { name: "", colour: "engine-b", isDashed: true, isThin: true, points: points((point) => point.low) },
  ];
}
