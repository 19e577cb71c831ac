/** Where things are in the checkout. */
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

/** Where tools are unpacked that no package manager of the system brought. */
export const TOOLS = path.join(ROOT, ".tools");

/** Where screenshots go. */
export const SCREENS = path.join(ROOT, "target/screens");

/** The built pages. */
export const SITE = process.env["PARALLAX_SITE"] ?? path.join(ROOT, "dashboard/dist");

/** The description of the pages' hosting in the cloud. */
export const HOSTING = path.join(ROOT, "infra/dashboard.yaml");

/** The program under test, which `cargo build` puts there. */
export const PARALLAX =
  process.env["PARALLAX_BINARY"] ??
  path.join(process.env["CARGO_TARGET_DIR"] ?? path.join(ROOT, "target"), "debug/parallax");
