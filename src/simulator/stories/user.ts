import type { Beat, Stage, Story } from './stage.ts';

/** Somebody is hired, signs in, is busy, goes home; or leaves for good. */
export function* userStory(stage: Stage): Story {
  const { draw } = stage;
  const scene = stage.scene();
  const fixed = { 'payload.object.type': 2 };
  const tell = (type: string, more: Beat['overrides'] = {}): Beat => ({
    type: `user.${type}`,
    scene,
    overrides: { ...fixed, ...more },
  });
  const device = {
    'payload.object.client_type': draw.pick(['mac', 'win', 'iphone', 'android']),
    'payload.object.login_type': 100,
  };
  const presence = (status: string) =>
    tell('presence_status_updated', {
      'payload.object.presence_status': status,
      'payload.object.app.presence_status': status,
      'payload.object.app.type': 'desktop',
    });

  const isNew = draw.int(0, 2) === 0;
  if (isNew) {
    yield tell('created', { 'payload.creation_type': 'create' });
    yield tell('activated');
  }
  yield tell('signed_in', device);
  yield presence('Available');
  yield presence(draw.pick(['In_Meeting', 'Presenting', 'On_Phone_Call', 'Do_Not_Disturb', 'Away']));
  if (draw.int(0, 2) === 0) yield tell('updated');
  yield presence('Available');
  yield presence('Offline');
  yield tell('signed_out', device);
  if (isNew && draw.int(0, 1) === 0) yield tell('deactivated');
}
