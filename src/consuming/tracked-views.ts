import type { LogPoint } from '../domain/position.js';
import type { EventLog } from '../storage/event-log/event-log.port.js';
import type { ReadStore, ViewGeneration } from '../storage/read-store/read-store.port.js';
import { assertOnLog } from './log-mark.js';
import { beginningOf } from './log-walk.js';
import type { Projection } from './projection.js';
import { TrackedView } from './tracked-view.js';
import { ViewTrack } from './view-track.js';

/** Views that stand at one place of a partition, and so read the same page. */
export interface Lane {
  readonly partition: number;
  readonly from: LogPoint;
  readonly views: readonly TrackedView[];
}

/** The builds of the consumer's views: of each the active one, and the one that is filled beside it. */
export class TrackedViews {
  #views: readonly TrackedView[] = [];

  constructor(
    private readonly projections: readonly Projection[],
    private readonly log: EventLog,
    private readonly store: ReadStore,
  ) {}

  get all(): readonly TrackedView[] {
    return this.#views;
  }

  /** Finds where each view stands, and begins those that the store does not have in their present version. */
  async open(): Promise<void> {
    const end = await this.log.end();
    const views: TrackedView[] = [];
    for (const projection of this.projections) {
      const generations = present(projection, await this.store.define(projection.view, beginningOf(end)));
      for (const generation of generations) await assertOnLog(this.log, generation);
      views.push(...generations.map((generation) => this.#view(projection, generation, end)));
    }
    this.#views = views;
  }

  /** What tells how far behind each view is: the build that queries see, or the one being filled while there is none. */
  get leading(): readonly TrackedView[] {
    return this.#views.filter((view) => view.active || !this.#activeOf(view));
  }

  /** Begins the view anew beside the active build. */
  async rebuild(name: string): Promise<void> {
    const projection = this.projections.find(({ view }) => view.name === name);
    if (!projection) return;
    const end = await this.log.end();
    const generation = await this.store.beginRebuild(projection.view, beginningOf(end));
    const others = this.#views.filter(({ track, active }) => track.view !== name || active);
    this.#views = [...others, this.#view(projection, generation, end)];
  }

  /** Lets queries see the view's new build and forgets the old one, once that takes back nothing that they have seen. */
  async activateIfReady(view: TrackedView): Promise<void> {
    if (!view.mayReplace(this.#activeOf(view))) return;
    await this.store.activate(view.track.view, view.track.generation);
    view.active = true;
    this.#views = this.#views.filter((other) => other === view || other.track.view !== view.track.view);
  }

  /** What may go on now in a partition that ends there, those that queries see first. */
  lanes(now: Date, partition: number, end: number): readonly Lane[] {
    const due = this.#views.filter((view) => view.dueIn(now, partition) === 0);
    const lanes = new Map<number, TrackedView[]>();
    for (const view of [...due.filter(({ active }) => active), ...due.filter(({ active }) => !active)]) {
      const next = view.track.checkpoint.next[partition] ?? 0;
      if (next !== end) lanes.set(next, [...(lanes.get(next) ?? []), view]);
    }
    return [...lanes.values()].flatMap((views) =>
      views[0] ? [{ partition, from: views[0].track.checkpoint, views }] : [],
    );
  }

  /** Sees what other replicas have done since: where their partitions are, which builds there are and which is shown. */
  async look(mine: ReadonlySet<number>): Promise<void> {
    const end = await this.log.end();
    const views: TrackedView[] = [];
    for (const projection of this.projections) {
      for (const generation of present(projection, await this.store.generations(projection.view.name))) {
        const known = this.#views.find(({ track }) => isSame(track, generation));
        known?.track.see(generation.checkpoint, mine);
        if (known) known.active = generation.active;
        views.push(known ?? this.#view(projection, generation, end));
      }
    }
    this.#views = views;
  }

  #activeOf({ track }: TrackedView): TrackedView | undefined {
    return this.#views.find((other) => other.active && other.track.view === track.view);
  }

  #view(projection: Projection, generation: ViewGeneration, end: LogPoint): TrackedView {
    return new TrackedView(new ViewTrack(projection, generation, this.store), generation.active, end);
  }
}

function isSame(track: ViewTrack, { view, generation }: ViewGeneration): boolean {
  return track.view === view && track.generation === generation;
}

/** Of the present version: the active build and the newest that is being filled. */
function present({ view }: Projection, generations: readonly ViewGeneration[]): readonly ViewGeneration[] {
  const ours = generations.filter(({ version }) => version === view.version);
  const active = ours.filter((generation) => generation.active);
  const filling = ours
    .filter((generation) => !generation.active)
    .sort((left, right) => right.generation - left.generation)
    .slice(0, 1);
  return [...active, ...filling];
}
