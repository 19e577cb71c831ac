/** What the API answers of settings and users. */
import type { Role } from "../../api/session";
import type { components } from "../../api/schema";

type Schemas = components["schemas"];

export type SettingsShown = Schemas["SettingsShown"];
export type SettingsGroup = Schemas["SettingsGroup"];
export type SettingShown = Schemas["SettingShown"];
export type FlagShown = Schemas["FlagShown"];
export type KillSwitch = Schemas["KillSwitch"];
export type HaltAnswer = Schemas["HaltAnswer"];
export type ChangeAnswer = Schemas["ChangeAnswer"];
export type SettingsChange = Omit<Schemas["SettingsChange"], "values"> & {
  values: Readonly<Record<string, unknown>>;
};

/** A user, as admins see it. */
export interface UserShown {
  name: string;
  role: Role;
  created_at: string;
  /** When role or password changed last. */
  changed_at: string;
  last_login_at: string | null;
}
