/** The way to each page. */
import { usePlace } from "../routes/location";
import { Icon, type IconName } from "./icons";

const ENTRIES: readonly { href: string; title: string; icon: IconName }[] = [
  { href: "/", title: "Overview", icon: "overview" },
  { href: "/signals", title: "Signals", icon: "signals" },
  { href: "/positions", title: "Positions", icon: "positions" },
  { href: "/orders", title: "Orders", icon: "orders" },
  { href: "/experiment", title: "Experiment", icon: "experiment" },
  { href: "/agents", title: "Agents", icon: "agents" },
  { href: "/gamma", title: "Gamma exposure", icon: "gamma" },
  { href: "/history", title: "History", icon: "history" },
  { href: "/monitoring", title: "Monitoring", icon: "monitoring" },
  { href: "/settings", title: "Settings", icon: "settings" },
];

function isHere(href: string, path: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}

export function Navigation() {
  const { path } = usePlace();
  return (
    <nav class="navigation" aria-label="Pages">
      <ul>
        {ENTRIES.map(({ href, title, icon }) => (
          <li key={href}>
            <a href={href} aria-current={isHere(href, path) ? "page" : undefined}>
              <Icon name={icon} />
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
