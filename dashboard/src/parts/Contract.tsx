/** An option contract in a trader's words, with its symbol on hover. */
import { contractWords } from "../format/contract";

export function Contract({ symbol }: { symbol: string }) {
  return (
    <span class="contract" title={symbol}>
      {contractWords(symbol)}
    </span>
  );
}
