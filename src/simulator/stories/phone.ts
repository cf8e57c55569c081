import { type Beat, beginning, iso, type Stage, type Story } from './stage.ts';

/** A phone call: it rings at both ends, and is answered, missed or rejected. */
export function* phoneStory(stage: Stage): Story {
  const { draw, now } = stage;
  const scene = beginning(stage.scene(), now());
  const fixed = { ...side('caller', stage), ...side('callee', stage) };
  const tell = (type: string, more: Beat['overrides'] = {}): Beat => ({
    type: `phone.${type}`,
    scene,
    overrides: { ...fixed, ...more },
  });
  const over = (result: string, more: Beat['overrides'] = {}): Beat['overrides'] => ({
    ...more,
    'payload.object.call_end_time': iso(now()),
    'payload.object.handup_result': result,
  });

  yield tell('caller_ringing');
  yield tell('callee_ringing');
  const outcome = draw.pick(['answered', 'answered', 'answered', 'missed', 'rejected']);
  if (outcome === 'answered') {
    const answered = { 'payload.object.answer_start_time': iso(now()) };
    yield tell('callee_answered', answered);
    yield tell('caller_connected', { 'payload.object.connected_start_time': iso(now()) });
    if (draw.int(0, 2) === 0) {
      yield tell('callee_hold');
      yield tell('callee_unhold');
    }
    const [first, second] = draw.pick([
      ['caller_ended', 'callee_ended'],
      ['callee_ended', 'caller_ended'],
    ]);
    yield tell(first, over('Call connected', answered));
    yield tell(second, over('Call connected', answered));
  } else {
    const result = outcome === 'missed' ? 'No Answer' : 'Call Rejected';
    yield tell(`callee_${outcome}`, over(result));
    yield tell('caller_ended', over(result));
    if (outcome === 'missed') yield tell('voicemail_received');
  }
  const seconds = Math.max(1, Math.round((now() - scene.meeting.startsAt) / 1000));
  const log = {
    'payload.object.call_logs[].call_end_time': iso(now()),
    'payload.object.call_logs[].date_time': iso(scene.meeting.startsAt),
    'payload.object.call_logs[].duration': seconds,
    'payload.object.call_logs[].call_id': scene.callId,
  };
  yield tell('caller_call_log_completed', { ...log, 'payload.object.call_logs[].direction': 'outbound' });
  yield tell('callee_call_log_completed', { ...log, 'payload.object.call_logs[].direction': 'inbound' });
}

/** The desk phone at one end stays the same for the whole call. */
const side = (end: 'caller' | 'callee', { draw }: Stage): Beat['overrides'] => ({
  [`payload.object.${end}.extension_id`]: draw.id(),
  [`payload.object.${end}.extension_type`]: 'user',
  [`payload.object.${end}.device_id`]: draw.id(),
  [`payload.object.${end}.connection_type`]: 'voip',
});
