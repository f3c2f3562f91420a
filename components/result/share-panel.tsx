'use client';
/** Makes a link for somebody else. Says first what that person will see; the link is shown once. */
import { useActionState, useState } from 'react';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { showDate } from '#lib/result/message.ts';
import type { Ownership, ShareState } from './actions.ts';

const untouched: ShareState = { url: null, expiresAt: null, error: null };

export function SharePanel({ owner }: { owner: Ownership }) {
  const [state, share, pending] = useActionState(owner.actions.share, untouched);
  // What was revoked is every link up to this answer; a link that is made afterwards is valid again.
  const [revoked, setRevoked] = useState<ShareState | null>(null);
  const url = revoked === state ? null : state.url;
  const shared = revoked !== state && (owner.links > 0 || url !== null);
  return (
    <Panel label="Share" open={state.url !== null || state.error !== null}>
      <div className="grid gap-3 text-[0.9375rem]">
        <p>
          Whoever has the link sees this result, live while the test runs.{' '}
          <strong>Names and addresses are shown</strong>: mailboxes, hosts, IP addresses, certificates. A password is
          not in it.
        </p>
        {url !== null && <NewLink url={url} expiresAt={state.expiresAt} />}
        {state.error !== null && (
          <p role="alert" className="text-bad">
            {state.error}
          </p>
        )}
        {revoked === state && <p role="status">No link to this result works any more.</p>}
        <div className="flex flex-wrap items-center gap-2">
          <form action={share}>
            <input type="hidden" name="run" value={owner.run} />
            <button type="submit" disabled={pending} className={`button ${url === null ? 'button-primary' : ''}`}>
              {url === null ? 'Make a link' : 'Make another link'}
            </button>
          </form>
          {shared && (
            <form action={owner.actions.revoke} onSubmit={() => setRevoked(state)}>
              <input type="hidden" name="run" value={owner.run} />
              <button type="submit" className="button">
                Revoke every link
              </button>
            </form>
          )}
        </div>
      </div>
    </Panel>
  );
}

function NewLink({ url, expiresAt }: { url: string; expiresAt: string | null }) {
  return (
    <div className="grid gap-1.5">
      <div className="flex gap-2">
        <input
          readOnly
          aria-label="Link to this result"
          value={url}
          onFocus={(event) => event.currentTarget.select()}
          className="field min-w-0 font-mono text-sm"
        />
        <CopyButton label="Copy" text={url} />
      </div>
      <p className="text-sm text-soft">
        {expiresAt !== null && `Valid until ${showDate(expiresAt)}. `}
        It is shown only now; another one can be made at any time.
      </p>
    </div>
  );
}
