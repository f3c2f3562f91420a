/** A test with a certificate of the client's own: opened first, so that nothing is dialled with a wrong pass phrase. */
import { clientCertificate } from '#lib/probes/client-certificate.ts';
import type { Analysis } from './analysis.ts';
import { planStep } from './plan.ts';

const KEY = 'client-certificate';

/** The analysis with a step before all others. Where the file stays closed the run ends: without it, another test would be made. */
export function withClientCertificate({ plan, body }: Analysis, name: string): Analysis {
  const subject = { host: name, port: 443 };
  return {
    plan: [planStep(clientCertificate, subject, KEY), ...plan],
    body: async (scope, context) => {
      const { file } = context;
      if (file === null) throw new Error('the file with the client certificate did not arrive');
      const opened = await scope.step(clientCertificate, { ...subject, file }, KEY);
      return opened.ok ? body(scope, { ...context, clientCertificate: opened.value }) : opened;
    },
  };
}
