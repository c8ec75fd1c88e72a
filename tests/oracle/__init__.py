"""Two engines that others wrote, to compare ours with: ODK Web Forms (Node) and JavaRosa (Java).

They are test tools only. Where npm or Java is absent the tests that need them skip, and say so.
"""
