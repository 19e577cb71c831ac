/**
 * Which browser: the system's Chromium or Chrome; where there is none, the one of a package of the
 * npm registry, with the libraries that it needs.
 */
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { TOOLS } from "./checkout.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ON_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The path of a browser that can be started. */
export async function chromium(): Promise<string> {
  const given = process.env["PARALLAX_CHROMIUM"];
  if (given === "packaged") {
    return packaged();
  }
  return given ?? ofTheSystem() ?? (await packaged());
}

function ofTheSystem(): string | undefined {
  const directories = (process.env["PATH"] ?? "").split(path.delimiter);
  const places = directories.flatMap((directory) => NAMES.map((name) => path.join(directory, name)));
  return [...places, ON_MAC].find((place) => existsSync(place));
}

/** The package unpacks itself, and its libraries only where it believes to be on Lambda. */
async function packaged(): Promise<string> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium is installed, and the packaged one is for Linux on x86-64 only.");
  }
  const variables = { TMPDIR: unpackedTo(), AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    const { default: package_ } = await import("@sparticuz/chromium");
    return await package_.executablePath();
  } finally {
    for (const [name, value] of before) {
      restore(name, value);
    }
  }
}

/** A directory for each version, so that another version is unpacked anew. */
function unpackedTo(): string {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const manifest = path.join(entry.slice(0, entry.indexOf("/build/")), "package.json");
  const { version } = createRequire(import.meta.url)(manifest) as { version: string };
  const directory = path.join(TOOLS, `chromium-${version}`);
  mkdirSync(directory, { recursive: true });
  return directory;
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) {
    delete process.env[name];
  } else {
    process.env[name] = value;
  }
}
