/** What every step of MAPI over HTTP works on. */
import type { SignInMethod, Way } from '#lib/auth/signed-request.ts';
import type { Subject } from '#lib/result/probe.ts';
import type { MapiContext, MapiEndpoint } from '#lib/sessions/mapi-http/context.ts';
import type { VettedSession } from '../vetted.ts';
import type { MailClient } from './mailbox-refusal.ts';
import type { Asked } from './mapi-reply.ts';

/** An endpoint that a test may sign in to, and who does. */
export interface MapiPlace extends Subject {
  readonly mailbox: string;
  readonly user: string;
  /** The address as it was handed out. */
  readonly url: string;
  readonly session: VettedSession;
  readonly way: Way;
  /** Null where nobody has to sign in. */
  readonly method: SignInMethod | null;
  /** Where the same sign-in has gone well. */
  readonly acceptedBy: string;
  readonly client: MailClient;
}

/** The same once a session is there. */
export interface MapiInput extends MapiPlace {
  readonly context: MapiContext;
}

/** @param isLater whether the session was begun before */
export function askedBy(place: MapiPlace, isLater: boolean): Asked {
  const { host, url, session, method, acceptedBy } = place;
  return { host, url, session, scheme: method?.scheme ?? null, acceptedBy, isLater };
}

/** For a session that is to be begun. */
export function endpointOf({ host, url, way, method, mailbox, client }: MapiPlace): MapiEndpoint {
  const { pathname, search } = new URL(url);
  return { host, path: pathname + search, way, method, mailbox, application: `Outlook/${client.version}` };
}
