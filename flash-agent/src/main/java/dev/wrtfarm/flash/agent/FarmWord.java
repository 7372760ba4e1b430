package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.farm.Farm;
import dev.wrtfarm.flash.farm.FarmRefused;
import dev.wrtfarm.flash.farm.LeaseLost;
import dev.wrtfarm.flash.farm.StateRefused;
import dev.wrtfarm.flash.lane.Word;
import dev.wrtfarm.flash.plan.Planner;

/**
 * The farm's word: it has put down that the card will be written to. An answer that came too late,
 * when the farm already took us for lost or the plan is too old by now, is none.
 */
record FarmWord(Farm farm, FlashLease lease, FlashKind kind, Planner planner, String token)
    implements Word {

  @Override
  public void ask() throws Withheld, DeviceRefused, InterruptedException {
    FlashState wanted = kind == FlashKind.VERIFY ? FlashState.VERIFYING : FlashState.WRITING;
    try {
      TransitionReply reply = farm.transition(lease, wanted, null, null);
      if (reply.state() != wanted) {
        throw new Withheld("the job is %s: it may not begin any more".formatted(reply.state()));
      }
      if (reply.cancel()) {
        throw new Withheld("the job was cancelled before anything was written");
      }
    } catch (LeaseLost | StateRefused | FarmRefused e) {
      throw new Withheld("the farm did not give its word: " + e.getMessage());
    }
    planner.checkAge(token);
  }
}
