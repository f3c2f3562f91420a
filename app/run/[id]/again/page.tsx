/** The form of a run once more, filled out of the run itself and never out of the address. The password is asked for again. */
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ownerAccess } from '#app/access.ts';
import { startTest } from '#app/actions.ts';
import { service } from '#app/service.ts';
import { OutlookForm } from '#components/form/outlook-form.tsx';
import type { FormState } from '#components/form/state.ts';
import { TestPage } from '#components/form/test-page.tsx';
import { TlsForm } from '#components/form/tls-form.tsx';
import type { RunHead } from '#lib/result/events.ts';
import { fold } from '#lib/result/reducer.ts';

export const metadata: Metadata = { title: 'Run again' };

export default async function AgainPage({ params }: { params: Promise<{ id: string }> }) {
  const access = await ownerAccess((await params).id);
  const head = access && fold(await service().events(access.run)).head;
  if (!head) notFound();
  const initial = filled(head);
  return head.analyzer === 'tls' ? (
    <TestPage title="Test this host again" does="Everything is as it was in the last run.">
      <TlsForm action={startTest} initial={initial} />
    </TestPage>
  ) : (
    <TestPage
      title="Test this mailbox again"
      does="Everything is as it was in the last run, but for the password: it was not kept, so it is asked for again."
    >
      <OutlookForm action={startTest} initial={initial} />
    </TestPage>
  );
}

function filled({ target, options }: RunHead): FormState {
  const values = Object.fromEntries(
    Object.entries({ ...target, ...options }).map(([name, value]) => [name, String(value)]),
  );
  // A user name that is the address was left empty, most likely.
  return {
    values: { ...values, username: values.username === values.email ? '' : (values.username ?? '') },
    errors: [],
  };
}
