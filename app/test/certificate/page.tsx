import type { Metadata } from 'next';
import { startCertificateTest } from '#app/actions.ts';
import { CertificateForm } from '#components/form/certificate-form.tsx';
import { TestPage } from '#components/form/test-page.tsx';

export const metadata: Metadata = { title: 'Certificate test' };

export default function CertificatePage() {
  return (
    <TestPage
      title="Can this certificate be installed?"
      does="Judges a certificate and its chain as a strict client will, before a server has it: names, dates, issuers, and the private key in a .pfx file."
    >
      <CertificateForm action={startCertificateTest} initial={{ values: {}, errors: [] }} />
    </TestPage>
  );
}
