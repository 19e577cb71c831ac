/** What the API answers of the platform's health. */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];

export type Monitoring = Schemas["Monitoring"];
export type QueueDepth = Schemas["QueueDepth"];
export type ProviderHealth = Schemas["ProviderHealth"];
export type CacheRate = Schemas["CacheRate"];
export type CountedByFunction = Schemas["Counted"];
export type LastPass = Schemas["LastPass"];
export type StageLatency = Schemas["StageLatency"];
export type AgentVoice = Schemas["AgentVoice"];
export type SlowRequest = Schemas["SlowRequest"];
