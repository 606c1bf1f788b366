"""Area classification (地域環境の調査): residential, commercial or special, by the standard's procedure."""
