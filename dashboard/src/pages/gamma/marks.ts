/** The prices that are marked among the strikes. */
import { dateOf } from "../../format/instant";
import { numberOf } from "../../format/money";
import type { Expiration, Exposure } from "./kinds";

export interface Mark {
  title: string;
  price: number;
  /** By this it is coloured. */
  kind: "spot" | "flip" | "call" | "put" | "pain";
}

/** From the lowest to the highest, so that their names can stand below each other. */
export function marksOf(of: Exposure, expiration: Expiration | undefined): Mark[] {
  const day = expiration ? dateOf(expiration.expiration).replace(/, \d{4}$/, "") : "";
  const wanted: readonly [Mark["kind"], string, string | null | undefined][] = [
    ["spot", "Spot", of.spot],
    ["flip", "Flip", of.flip?.price],
    ["call", "Call wall", of.walls.call],
    ["put", "Put wall", of.walls.put],
    ["pain", `Max pain ${day}`, expiration?.max_pain],
  ];
  const marks = wanted.flatMap(([kind, title, told]) => {
    const price = numberOf(told);
    return price === null ? [] : [{ kind, title, price }];
  });
  return marks.sort((one, other) => one.price - other.price);
}
