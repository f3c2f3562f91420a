import { ownerAccess } from '#app/access.ts';
import { eventsAnswer } from '#app/result/answers.ts';

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return eventsAnswer(request, ownerAccess(id));
}
