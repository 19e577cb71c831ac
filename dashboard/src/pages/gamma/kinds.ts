/** What the positioning in a symbol's options is made of, by the names of the API's document. */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];

export type Positioning = Schemas["PositioningShown"];
export type Exposure = Schemas["GammaExposureSnapshot"];
export type Expiration = Schemas["ExpirationExposure"];
export type Flow = Schemas["OptionsFlow"];
export type FlowEntry = Schemas["FlowEntry"];
export type Settings = Schemas["SettingsShown"];
