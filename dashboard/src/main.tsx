/** Where the site begins. */
import "./look/tokens.css";
import "./look/base.css";
import "./look/shell.css";
import "./look/parts.css";
import "./look/table.css";
import { render } from "preact";
import { App } from "./app/App";
import { start } from "./app/start";

const ground = document.getElementById("app");
if (ground) {
  start();
  render(<App />, ground);
}
