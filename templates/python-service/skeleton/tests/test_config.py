import pytest

from service.config import load_config


def test_reads_the_environment():
    config = load_config(
        {
            "PORT": "9000",
            "DRAIN_DELAY_SECONDS": "0.25",
            "UPSTREAM_URL": "http://other:8080/api/items",
        }
    )
    assert config.port == 9000
    assert config.drain_delay_seconds == 0.25
    assert config.upstream_url == "http://other:8080/api/items"
    assert config.service_name == "${{ values.name }}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("DRAIN_DELAY_SECONDS", "soon"),
        ("SHUTDOWN_TIMEOUT_SECONDS", "-3"),
        ("UPSTREAM_URL", "other"),
    ],
)
def test_refuses_what_makes_no_sense(name, value):
    with pytest.raises(ValueError, match=f"^{name}:"):
        load_config({name: value})
