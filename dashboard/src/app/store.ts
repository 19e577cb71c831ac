/** A value that components can watch. */
import { useEffect, useState } from "preact/hooks";

type Watcher = () => void;

export class Store<T> {
  private readonly watchers = new Set<Watcher>();

  constructor(private current: T) {}

  get(): T {
    return this.current;
  }

  set(next: T): void {
    if (Object.is(next, this.current)) return;
    this.current = next;
    for (const watcher of [...this.watchers]) watcher();
  }

  /** Calls `watcher` at each change until the answer is called. */
  watch(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}

/** The store's value; the component is drawn again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const [shown, show] = useState(store.get());
  useEffect(() => {
    show(store.get());
    return store.watch(() => show(store.get()));
  }, [store]);
  return shown;
}
