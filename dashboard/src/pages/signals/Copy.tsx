/** A text to copy, with the button that does it. */
import { tell } from "../../app/toasts";

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell("gain", "Copied.");
  } catch {
    tell("loss", "The browser doesn’t let this page copy: select the text and copy it yourself.");
  }
}

export function Copy({ text, label }: { text: string; label: string }) {
  return (
    <div class="copy">
      <pre class="copy-text" tabIndex={0} aria-label={label.replace(/^Copy the /, "The ")}>{text}</pre>
      <button type="button" class="button button-small" aria-label={label} onClick={() => void copy(text)}>
        Copy
      </button>
    </div>
  );
}
