import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ownerAccess } from '#app/access.ts';
import { ResultPage, resultTitle } from '#app/result/result-page.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return resultTitle(await ownerAccess((await params).id));
}

export default async function OwnResultPage({ params }: Props) {
  const access = await ownerAccess((await params).id);
  return access === null ? notFound() : <ResultPage access={access} />;
}
