import type { RouteAccess } from './requires.decorator.js';

export interface Route {
  readonly method: string;
  /** The template: `/v1/events/:id`. */
  readonly path: string;
  readonly access: RouteAccess;
}

/** The routes that the server has, as templates. */
export class RouteTable {
  readonly #routes: Route[] = [];
  readonly #patterns = new Map<string, RegExp>();

  add(route: Route): void {
    this.#routes.push(route);
    const pattern = route.path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]\w*/g, '[^/]+');
    this.#patterns.set(route.path, new RegExp(`^${pattern}$`));
  }

  get routes(): readonly Route[] {
    return this.#routes;
  }

  /** The methods that a path (without its query) answers to; empty when there is no such path. */
  methodsAt(path: string): readonly string[] {
    const methods = this.#routes.filter((route) => this.#patterns.get(route.path)?.test(path));
    return [...new Set(methods.map(({ method }) => method))].sort();
  }
}
