import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { viewerAccess } from '#app/access.ts';
import { ResultPage, resultTitle } from '#app/result/result-page.tsx';

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return resultTitle(await viewerAccess((await params).token));
}

export default async function SharedResultPage({ params }: Props) {
  const access = await viewerAccess((await params).token);
  return access === null ? notFound() : <ResultPage access={access} />;
}
