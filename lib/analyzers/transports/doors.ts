/** Hosts and services that are looked at elsewhere in the run, so that whoever opens the mailbox need not knock a second time. */
import type { Proof } from '#lib/auth/budget.ts';
import type { VettedSession } from '#lib/probes/vetted.ts';
import type { Subject } from '#lib/result/probe.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Challenge } from '#lib/wire/http/challenge.ts';

type Reached = StepResult<VettedSession>;
type Challenged = StepResult<readonly Challenge[]>;

export class Doors {
  readonly #hosts = new Map<string, PromiseWithResolvers<Reached>>();
  readonly #services = new Map<string, PromiseWithResolvers<Challenged>>();
  readonly #mailbox = Promise.withResolvers<Proof>();

  /** @param isMailboxOpened somebody signs in to the mailbox in this run, and tells what came of it */
  constructor(isMailboxOpened: boolean) {
    if (!isMailboxOpened) this.#mailbox.resolve('unknown');
  }

  /** What came of the sign-in to the mailbox: whoever was refused there is not to be refused on purpose as well. */
  mailboxProof(): Promise<Proof> {
    return this.#mailbox.promise;
  }

  /** What is told first counts. */
  toldMailbox(proof: Proof): void {
    this.#mailbox.resolve(proof);
  }

  /** Announces that somebody goes there. */
  expectHost(place: Subject): void {
    expect(this.#hosts, nameOf(place));
  }

  /** Announces that somebody asks this service how it lets people in. */
  expectService(place: Subject, path: string): void {
    expect(this.#services, nameOf(place) + path);
  }

  /** How it ended. */
  toldHost(place: Subject, result: Reached): void {
    this.#hosts.get(nameOf(place))?.resolve(result);
  }

  /** How it ended; whoever did not come so far says what stopped it. */
  toldService(place: Subject, path: string, result: Challenged): void {
    this.#services.get(nameOf(place) + path)?.resolve(result);
  }

  /** Null where nobody else goes there. */
  host(place: Subject): Promise<Reached> | null {
    return this.#hosts.get(nameOf(place))?.promise ?? null;
  }

  service(place: Subject, path: string): Promise<Challenged> | null {
    return this.#services.get(nameOf(place) + path)?.promise ?? null;
  }
}

const nameOf = ({ host, port }: Subject): string => `${host.toLowerCase()}:${port}`;

function expect<T>(all: Map<string, PromiseWithResolvers<T>>, name: string): void {
  if (!all.has(name)) all.set(name, Promise.withResolvers<T>());
}
