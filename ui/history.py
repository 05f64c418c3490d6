"""Several pickers in one step of the browser's history."""

from __future__ import annotations

from collections.abc import Mapping

from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx


def at_once(parameters: Mapping[str, str | list[str] | None]) -> None:
    """Write parameters of pickers to the address in one step; None or nothing takes one out. For callbacks.

    A picker whose value changed writes its own parameter, and each such writing is a step of the history: two
    changed by one click would need two presses of Back. Streamlit has no public way to write several, and a picker
    that finds its value in the address already writes nothing.
    """
    context = get_script_run_ctx()
    if context is None:
        raise RuntimeError("there is no session whose address could be written")
    with context.session_state.query_params() as address:
        for name, value in parameters.items():
            if value:
                address.set_with_no_forward_msg(name, value)
            else:
                address.discard_param_no_forward_msg(name)
        address._send_query_param_msg()
