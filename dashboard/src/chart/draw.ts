/** Draws with TradingView's Lightweight Charts; alone in its chunk with the library. */
import {
  AreaSeries,
  type AutoscaleInfoProvider,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type SeriesType,
  createChart,
  HistogramSeries,
  LineSeries,
  LineStyle,
  LineType,
  type Time,
  type UTCTimestamp,
} from "lightweight-charts";
import { dateOf, easternDay, easternInstant, easternTime } from "../format/instant";
import { percent, plain, usd } from "../format/money";
import type { ChartDrawing, ChartLine, ChartPoint, ChartUnit, ColourToken } from "./kinds";

export interface DrawnChart {
  show: (drawing: ChartDrawing) => void;
  remove: () => void;
}

interface DrawnLine {
  series: ISeriesApi<SeriesType>;
  levels: IPriceLine[];
}

const WRITERS: Record<ChartUnit, (value: number) => string> = {
  usd: (value) => usd(value),
  percent: (value) => percent(value),
  number: (value) => plain(value),
};

export function drawChart(ground: HTMLElement, unit: ChartUnit): DrawnChart {
  const colours = coloursOf(ground);
  const chart = createChart(ground, optionsOf(colours, unit));
  let shape = "";
  let drawn: DrawnLine[] = [];
  const show = (drawing: ChartDrawing) => {
    const next = shapeOf(drawing);
    if (next !== shape) drawn = seriesAnew(chart, drawn, drawing, colours);
    for (const [index, line] of drawing.lines.entries()) drawn[index]?.series.setData(pointsOf(line));
    drawn[0]?.series.applyOptions({ autoscaleInfoProvider: within(drawing) });
    showLevels(drawn[0], drawing, colours);
    if (next !== shape) chart.timeScale().fitContent();
    shape = next;
  };
  return { show, remove: () => chart.remove() };
}

type Colours = (token: string) => string;

function coloursOf(ground: HTMLElement): Colours {
  const style = getComputedStyle(ground);
  return (token) => style.getPropertyValue(`--${token}`).trim();
}

function optionsOf(colours: Colours, unit: ChartUnit) {
  return {
    autoSize: true,
    layout: {
      background: { color: "transparent" },
      textColor: colours("text-muted"),
      fontFamily: colours("font"),
      fontSize: 11,
      attributionLogo: true,
    },
    grid: {
      vertLines: { visible: false },
      horzLines: { color: colours("line-soft") },
    },
    rightPriceScale: { borderVisible: false },
    timeScale: { borderVisible: false, timeVisible: true, secondsVisible: false, tickMarkFormatter: tick },
    localization: { priceFormatter: WRITERS[unit], timeFormatter: moment },
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  };
}

/** Times in Eastern time; a date stands for itself. */
function moment(time: Time): string {
  if (typeof time !== "number") return dateOf(String(time));
  return easternInstant(time * 1_000, 0);
}

function tick(time: Time, kind: number): string {
  if (typeof time !== "number") return dateOf(String(time)).replace(/, \d{4}$/, "");
  const isDay = kind < 3;
  return isDay ? easternDay(time * 1_000) : easternTime(time * 1_000).slice(0, 5);
}

/** A drawing of another shape needs other series; else the points alone change. */
function shapeOf(drawing: ChartDrawing): string {
  return drawing.lines.map((line) => `${line.name}/${line.colour}/${line.kind}`).join();
}

function seriesAnew(
  chart: IChartApi,
  before: DrawnLine[],
  drawing: ChartDrawing,
  colours: Colours,
): DrawnLine[] {
  for (const { series } of before) chart.removeSeries(series);
  return drawing.lines.map((line) => ({ series: seriesOf(chart, line, colours), levels: [] }));
}

function seriesOf(chart: IChartApi, line: ChartLine, colours: Colours): ISeriesApi<SeriesType> {
  const color = colours(line.colour);
  const common = { priceLineVisible: false, lastValueVisible: !line.isThin };
  const stroke = {
    lineWidth: line.isThin ? (1 as const) : (2 as const),
    lineStyle: line.isDashed ? LineStyle.Dashed : LineStyle.Solid,
    lineType: line.isStepped ? LineType.WithSteps : LineType.Simple,
  };
  if (line.kind === "columns") return chart.addSeries(HistogramSeries, { color, ...common });
  if (line.kind !== "area") return chart.addSeries(LineSeries, { color, ...common, ...stroke });
  const ground = { topColor: `${color}40`, bottomColor: `${color}00` };
  return chart.addSeries(AreaSeries, { lineColor: color, ...ground, ...common, ...stroke });
}

function pointsOf(line: ChartLine): { time: Time; value: number }[] {
  const points = line.points.map((point) => ({ time: timeOf(point), value: point.value }));
  // The library wants one point a second, in order: of several, the last one counts.
  const last = new Map(points.map((point) => [point.time, point]));
  return [...last.values()].sort((one, other) => (one.time < other.time ? -1 : 1));
}

function timeOf({ at }: ChartPoint): Time {
  return typeof at === "number" ? (Math.floor(at / 1_000) as UTCTimestamp) : at;
}

/** The price scale holds the levels too, not the points alone. */
function within({ levels = [] }: ChartDrawing): AutoscaleInfoProvider {
  return (ofPoints) => {
    const own = ofPoints();
    const range = own?.priceRange;
    const values = [...levels.map((level) => level.value), ...(range ? [range.minValue, range.maxValue] : [])];
    if (values.length === 0) return own;
    return { ...own, priceRange: { minValue: Math.min(...values), maxValue: Math.max(...values) } };
  };
}

function showLevels(drawn: DrawnLine | undefined, { levels = [] }: ChartDrawing, colours: Colours): void {
  if (!drawn) return;
  for (const level of drawn.levels) drawn.series.removePriceLine(level);
  drawn.levels = levels.map(({ value, title, colour }) =>
    drawn.series.createPriceLine({
      price: value,
      title,
      color: colours(colour satisfies ColourToken),
      lineWidth: 1,
      lineStyle: LineStyle.Dotted,
      axisLabelVisible: true,
    }),
  );
}
