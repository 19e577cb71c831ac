/** A stack of its own for the tests: started on a free port, with a directory that goes with it. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { PARALLAX, SITE } from "./checkout.ts";

const PATIENCE_MS = 60_000;
/** A Thursday morning in session: prices follow from the time. */
const STARTS_AT = "2026-07-30T10:00:00-04:00";
/** A minute, after which marks and exits come anew, takes ten seconds. */
const SPEED = "6";

/** Who may sign in. */
export interface Account {
  name: string;
  password: string;
}

export class Stack {
  readonly #directory: string;
  readonly #arguments: string[];
  #process: ChildProcess | undefined;
  #said = "";
  #port = 0;

  private constructor(options: string[]) {
    this.#directory = mkdtempSync(path.join(tmpdir(), "parallax-browser-"));
    this.#arguments = ["--site", SITE, "--market", "simulated", ...options];
  }

  /** Starts a stack whose simulated market is always open, and waits until it answers. */
  static async start(options: string[] = []): Promise<Stack> {
    const stack = new Stack(options);
    try {
      await stack.#up(["--clock", STARTS_AT, "--speed", SPEED]);
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return stack;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The admin that a stack makes at its first start, from the line that it says then. */
  get admin(): Account {
    const found = /sign in as (\S+) with the password (\S+)/.exec(this.#said);
    if (!found?.[1] || !found[2]) {
      throw new Error(`The stack told no password:\n${this.#said}`);
    }
    return { name: found[1], password: found[2] };
  }

  /** Runs a command of the program on this stack, and gives what it printed. */
  async command(...words: string[]): Promise<string> {
    const all = [...words, "--data-dir", this.#directory];
    const { stdout } = await promisify(execFile)(PARALLAX, all, { env: {}, timeout: PATIENCE_MS });
    return stdout;
  }

  /** Sends a signed alert, and gives the signal's id. */
  async alert(...options: string[]): Promise<string> {
    const printed = await this.command("alert", ...options);
    const id = /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/.exec(printed);
    if (!id) {
      throw new Error(`No signal id was answered:\n${printed}`);
    }
    return id[0];
  }

  /** Adds somebody with this role, and a password that was made up. */
  async addUser(name: string, role: "user" | "researcher" | "admin"): Promise<Account> {
    const printed = await this.command("user", "add", name, "--role", role, "--generate", "--json");
    const { password } = JSON.parse(printed) as { password: string };
    return { name, password };
  }

  /** Takes the stack away, as a crash would; `comeBack` starts it again where it was. */
  async goAway(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async comeBack(): Promise<void> {
    await this.#up(["--port", String(this.#port)]);
  }

  /** Ends it, and leaves nothing behind. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #up(more: string[]): Promise<void> {
    const place = ["--data-dir", this.#directory, "--port", "0"];
    const started = spawn(PARALLAX, ["up", ...withoutRepeats([...place, ...this.#arguments, ...more])], {
      env: { SIMULATED_HOURS: "always", LOG_LEVEL: "error" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on("data", (text: Buffer) => (this.#said += text.toString()));
    }
    started.on("error", (error) => (this.#said += String(error)));
    this.#port = await this.#announcedPort(started);
    await this.#healthy();
  }

  async #announcedPort(started: ChildProcess): Promise<number> {
    const from = this.#said.length;
    for (let waited = 0; waited < PATIENCE_MS; waited += 50) {
      const banner = this.#said.slice(from);
      const port = /POST http:\/\/127\.0\.0\.1:(\d+)\/webhook/.exec(banner);
      if (port?.[1] && banner.includes("Ctrl-C")) {
        return Number(port[1]);
      }
      if (started.exitCode !== null || started.pid === undefined) {
        break;
      }
      await sleep(50);
    }
    throw new Error(`The stack didn't start:\n${this.#said}`);
  }

  async #healthy(): Promise<void> {
    const answer = await fetch(`${this.url}/health`);
    if (!answer.ok) {
      throw new Error(`/health answered ${answer.status}`);
    }
  }

  /** Ends the one process that was started here, and nothing else. */
  async #end(signal: NodeJS.Signals): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running?.pid || running.exitCode !== null || running.signalCode !== null) {
      return;
    }
    const ended = once(running, "exit");
    running.kill(signal);
    await Promise.race([ended, sleep(PATIENCE_MS).then(() => running.kill("SIGKILL"))]);
  }
}

/** Of an option that comes twice the later holds: the program wants each once. */
function withoutRepeats(words: string[]): string[] {
  const options = new Map<string, string>();
  for (let at = 0; at < words.length; at += 2) {
    options.set(words[at] ?? "", words[at + 1] ?? "");
  }
  return [...options].flat();
}
