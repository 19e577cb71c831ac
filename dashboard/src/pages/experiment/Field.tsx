/** A field of the plan with its hint, and what is wrong with it. */
import { useId } from "preact/hooks";
import { classes } from "../../components/classes";

interface FieldProps {
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  problem?: string | undefined;
  isNumeric?: boolean;
  isLong?: boolean;
}

export function Field({ name, label, value, onChange, hint, problem, isNumeric, isLong }: FieldProps) {
  const id = useId();
  const common = {
    id,
    name,
    class: "input",
    value,
    "aria-invalid": problem !== undefined,
    "aria-describedby": `${id}-told`,
    onInput: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return (
    <div class={classes("field", isLong && "field-long")}>
      <label for={id}>{label}</label>
      {isLong && <textarea {...common} rows={2} maxLength={500} />}
      {!isLong && <input {...common} inputMode={isNumeric ? "decimal" : "text"} autocomplete="off" />}
      <span id={`${id}-told`} class={problem ? "field-problem" : "muted small"}>{problem ?? hint}</span>
    </div>
  );
}
