/** What the committee's figures are made of, by the names of the API's document. */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];

export type Committee = Schemas["AgentsShown"];
export type Agent = Schemas["AgentStanding"];
export type Bin = Schemas["CalibrationBin"];
export type LeftOut = Schemas["LeaveOneOut"];
export type Veto = Schemas["VetoEntry"];
export type RevoteRequest = Schemas["RevoteRequest"];
export type RevoteAnswer = Schemas["RevoteAnswer"];
