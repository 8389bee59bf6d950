"""Pictures of every page of the tool and the demo, in light and dark, on a desktop and a phone: `make screenshots`."""
