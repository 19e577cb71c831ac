/** What the API answers of results. */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];

export type HistoryStats = Schemas["HistoryStats"];
export type DayResult = Schemas["DayResult"];
export type Slice = Schemas["Slice"];
