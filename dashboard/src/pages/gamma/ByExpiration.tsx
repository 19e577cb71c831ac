/** Exposure by expiration; the chosen one shows its net and its max pain. */
import { Panel } from "../../components/Panel";
import { Stat, Stats } from "../../components/Stat";
import { dateOf } from "../../format/instant";
import { plain } from "../../format/money";
import { counted } from "../../format/words";
import { useQuery } from "../../routes/location";
import { type Column, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { VoteBar } from "../trace/VoteBar";
import { compactUsd, signedCompactUsd } from "./compact";
import type { Expiration, Exposure } from "./kinds";

/** The one in the address, else the nearest. */
export function chosenExpiration(of: readonly Expiration[], date: string): Expiration | undefined {
  return of.find((one) => one.expiration === date) ?? of[0];
}

export function ByExpiration({ of }: { of: Exposure }) {
  const [date, setDate] = useQuery("expiration", "");
  const chosen = chosenExpiration(of.by_expiration, date);
  return (
    <Panel title="By expiration" aside={<Choice of={of.by_expiration} chosen={chosen} onChoose={setDate} />}>
      {chosen && <Chosen of={chosen} />}
      <Table
        caption="Exposure by expiration"
        columns={columnsOf(of.by_expiration)}
        rows={of.by_expiration}
        keyOf={(row) => row.expiration}
        rowClass={(row) => (row === chosen ? "row-chosen" : undefined)}
        empty="No expiration has any exposure."
        isTall
      />
    </Panel>
  );
}

interface ChoiceProps {
  of: readonly Expiration[];
  chosen: Expiration | undefined;
  onChoose: (date: string) => void;
}

function Choice({ of, chosen, onChoose }: ChoiceProps) {
  return (
    <label class="expiration-choice">
      Expiration
      <select class="input" value={chosen?.expiration} onChange={(event) => onChoose(event.currentTarget.value)}>
        {of.map((one) => <option key={one.expiration} value={one.expiration}>{dateOf(one.expiration)}</option>)}
      </select>
    </label>
  );
}

function Chosen({ of }: { of: Expiration }) {
  return (
    <div class="expiration-chosen">
      <Stats>
        <Stat label="Net" below={counted(of.exposed.contracts, "contract")}>{signedCompactUsd(of.exposed.net)}</Stat>
        <Stat label="Max pain" below="holders would get least there">{plain(of.max_pain)}</Stat>
        <Stat label="Calls">{compactUsd(of.exposed.call)}</Stat>
        <Stat label="Puts">{compactUsd(of.exposed.put)}</Stat>
      </Stats>
    </div>
  );
}

function columnsOf(all: readonly Expiration[]): Column<Expiration>[] {
  const span = Math.max(1, ...all.map((one) => Math.abs(one.exposed.net)));
  return [
    textColumn("expiration", "Expiration", (row) => row.expiration, { cell: (row) => <span class="nowrap">{dateOf(row.expiration)}</span> }),
    numberColumn("net", "Net", (row) => row.exposed.net, { cell: (row) => signedCompactUsd(row.exposed.net) }),
    numberColumn("pain", "Max pain", (row) => row.max_pain),
    {
      key: "side",
      title: "Short or long",
      value: (row) => (row.exposed.net < 0 ? "short" : "long"),
      cell: (row) => <VoteBar points={row.exposed.net} span={span} label={`Net ${signedCompactUsd(row.exposed.net)}`} />,
    },
    numberColumn("call", "Calls", (row) => row.exposed.call, { isMinor: true, cell: (row) => compactUsd(row.exposed.call) }),
    numberColumn("put", "Puts", (row) => row.exposed.put, { isMinor: true, cell: (row) => compactUsd(row.exposed.put) }),
    numberColumn("contracts", "Contracts", (row) => row.exposed.contracts, { isExported: true }),
  ];
}
