import { type Beat, type Stage, type Story, withGuest } from './stage.ts';

/** A channel is made, people join it, write and react; or two people write to each other. */
export function* chatStory(stage: Stage): Story {
  if (stage.draw.int(0, 1) === 0) yield* channelStory(stage);
  else yield* messageStory(stage);
}

function* channelStory(stage: Stage): Story {
  const { draw, now } = stage;
  const scene = stage.scene();
  const [, first, second] = scene.people;
  yield { type: 'chat_channel.created', scene, overrides: { 'payload.object.type': 1 } };
  for (const person of [first, second]) {
    if (person)
      yield {
        type: 'chat_channel.member_joined',
        scene: withGuest(scene, person),
        overrides: { 'payload.object.type': 1 },
      };
  }
  for (let message = 0; message < draw.int(1, 3); message += 1) {
    const id = draw.guid();
    const posted = {
      'payload.object.message_id': id,
      'payload.object.session_id': scene.channelId,
      'payload.by_external_user': false,
    };
    yield { type: 'team_chat.channel_message_posted', scene, overrides: posted };
    if (draw.int(0, 1) === 0) {
      const reacted = { 'payload.object.msg_id': id, 'payload.object.timestamp': now() };
      yield { type: 'team_chat.channel_reaction_added', scene, overrides: reacted };
    }
  }
}

function* messageStory(stage: Stage): Story {
  const { draw } = stage;
  const scene = stage.scene();
  const told = (verb: string, more: Beat['overrides']): Beat => ({
    type: `chat_message.${verb}`,
    scene,
    overrides: { 'payload.object.type': 'to_contact', 'payload.object.session_id': scene.sessionId, ...more },
  });
  const first = draw.guid();
  yield told('sent', { 'payload.object.id': first });
  yield told('replied', { 'payload.object.id': draw.guid(), 'payload.object.parent_msg_id': first });
  if (draw.int(0, 2) === 0) yield told('updated', { 'payload.object.id': first });
  if (draw.int(0, 4) === 0) yield told('deleted', { 'payload.object.id': first });
}
