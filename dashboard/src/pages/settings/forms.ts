/** How a setting is edited: every form holds a text, which is read back into the setting's value. */
import { plain } from "../../format/money";
import type { SettingShown } from "./types";

export type FormKind = "switch" | "whole" | "amount" | "choice" | "list" | "sizing" | "weights" | "text";

/** A value that was read, or what is wrong with the text. */
export type Reading = { value: unknown; problem?: undefined } | { problem: string };

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  fill_model: ["mid", "mid_plus_fraction", "touch"],
  stop_fill_model: ["mid", "mid_plus_fraction", "touch"],
  mode: ["split", "paired"],
};
const AMOUNT = /^-?\d+(\.\d+)?$/;

export function choicesOf(name: string): readonly string[] {
  return CHOICES[name] ?? [];
}

export function formOf({ name, value }: Pick<SettingShown, "name" | "value">): FormKind {
  if (typeof value === "boolean") return "switch";
  if (typeof value === "number") return "whole";
  if (Array.isArray(value)) return "list";
  if (name === "sizing") return "sizing";
  if (typeof value === "object" && value !== null) return "weights";
  if (choicesOf(name).length > 0) return "choice";
  return AMOUNT.test(String(value)) ? "amount" : "text";
}

/** The value as its form shows it. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value !== "object" || value === null) return String(value ?? "");
  return Object.entries(value).map(([name, one]) => `${name} ${String(one)}`).join(", ");
}

/** The value that a text stands for. */
export function read(setting: SettingShown, text: string): Reading {
  const given = text.trim();
  switch (formOf(setting)) {
    case "switch":
      return { value: given === "true" };
    case "whole":
      return withinRange(setting, given, /^-?\d+$/.test(given) ? Number(given) : null);
    case "amount":
      return withinRange(setting, given, AMOUNT.test(given) ? given : null);
    case "list":
      return { value: listOf(given) };
    case "sizing":
      return sizingOf(given);
    case "weights":
      return weightsOf(given);
    default:
      return { value: given };
  }
}

function withinRange({ range, value }: SettingShown, given: string, found: string | number | null): Reading {
  if (found === null) {
    return { problem: typeof value === "number" ? "must be a whole number" : "must be a number" };
  }
  const [low, high] = range ?? [];
  const isOut = (low && Number(given) < Number(low)) || (high && Number(given) > Number(high));
  return isOut ? { problem: `must be ${rangeWords(range)}` } : { value: found };
}

/** `1 to 100`, without the zeros of a large limit run together. */
export function rangeWords(range: SettingShown["range"]): string {
  return range ? `${plain(range[0], 6)} to ${plain(range[1], 6)}` : "";
}

function listOf(text: string): string[] {
  return [...new Set(text.toUpperCase().split(/[\s,;]+/).filter(Boolean))];
}

function sizingOf(text: string): Reading {
  const [way, amount = ""] = text.split(/\s+/);
  if (!AMOUNT.test(amount)) return { problem: "must be a number" };
  if (way === "premium_budget") return { value: { premium_budget: amount } };
  return Number.isInteger(Number(amount)) ? { value: { quantity: Number(amount) } } : { problem: "must be a whole number" };
}

function weightsOf(text: string): Reading {
  const weights: Record<string, number> = {};
  for (const pair of text.split(/[,;\n]+/).map((part) => part.trim()).filter(Boolean)) {
    const [, agent, weight] = /^([a-z_]+)[\s:=]+(\d+)$/.exec(pair) ?? [];
    if (!agent) return { problem: `“${pair}” must be an agent and a whole number, as in “technical 40”` };
    weights[agent] = Number(weight);
  }
  return { value: weights };
}
