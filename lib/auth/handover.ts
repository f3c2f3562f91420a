/** The one way in which a secret crosses a process border: over the private pipe between the web process and its worker. */
import { Secret } from './secret.ts';

/** A secret as it travels. Never stored, never logged; opened at once on the other side. */
export interface HandedOver {
  readonly handedOver: string;
}

/** Makes the form that is sent to a worker. */
export function handOver(secret: Secret): HandedOver {
  return { handedOver: secret.reveal() };
}

/** Takes it up again in the worker. */
export function takeOver(sent: HandedOver): Secret {
  return Secret.of(sent.handedOver);
}
