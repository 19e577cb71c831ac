/** Loads a page when it is first opened, and says so if it can't be drawn. */
import { Component, type ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { EmptyState } from "../components/EmptyState";
import { Skeleton } from "../components/Skeleton";
import type { Parameters } from "../routes/match";
import type { Page, Route } from "../routes/routes";

interface Loading {
  route: Route;
  page?: Page;
  hasFailed?: boolean;
}

function usePage(route: Route): Loading {
  const [loading, setLoading] = useState<Loading>({ route });
  useEffect(() => {
    let isGone = false;
    const settle = (next: Loading) => void (isGone || setLoading(next));
    route.load().then(
      (loaded) => settle({ route, page: loaded.default }),
      () => settle({ route, hasFailed: true }),
    );
    return () => void (isGone = true);
  }, [route]);
  return loading.route === route ? loading : { route };
}

export function LazyPage({ route, parameters }: { route: Route; parameters: Parameters }) {
  const { page: Shown, hasFailed } = usePage(route);
  if (hasFailed) return <Broken why="This page can't be loaded." />;
  if (!Shown) return <Skeleton lines={8} label={`Loading ${route.title(parameters)}`} />;
  return (
    <Guard key={route.pattern}>
      <Shown parameters={parameters} />
    </Guard>
  );
}

function Broken({ why }: { why: string }) {
  return (
    <EmptyState title={why}>
      <button type="button" class="button" onClick={() => window.location.reload()}>
        Load the site again
      </button>
    </EmptyState>
  );
}

class Guard extends Component<{ children: ComponentChildren }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static override getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidCatch(cause: unknown) {
    console.error(cause);
  }

  override render() {
    return this.state.hasFailed ? <Broken why="This page can't be drawn." /> : this.props.children;
  }
}
